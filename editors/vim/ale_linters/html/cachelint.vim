call cachelint#Define('html')
