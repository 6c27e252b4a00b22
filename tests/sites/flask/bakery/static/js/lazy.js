export function load(images) {
  for (const image of images) image.src = image.dataset.src;
}
