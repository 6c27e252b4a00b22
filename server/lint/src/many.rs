//! Long lists are worked through by all processors, short ones where they are.

use rayon::prelude::*;

/// From here on it pays to wake other processors.
const MANY: usize = 256;

/// What `map` makes of each of `items`, in their order.
pub fn map_each<T: Send, R: Send>(items: Vec<T>, map: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if items.len() < MANY {
        return items.into_iter().map(map).collect();
    }
    items.into_par_iter().with_min_len(MANY / 4).map(map).collect()
}

/// The same for items that are lists themselves, of as many items as `count` says.
pub fn map_lists<T: Send, R: Send>(
    lists: Vec<T>,
    count: impl Fn(&T) -> usize,
    map: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    if lists.iter().map(count).sum::<usize>() < MANY {
        return lists.into_iter().map(map).collect();
    }
    lists.into_par_iter().map(map).collect()
}
