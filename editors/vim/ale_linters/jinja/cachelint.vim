call cachelint#Define('jinja')
