call cachelint#Define('css')
