call cachelint#Define('htmldjango')
