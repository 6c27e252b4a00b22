call cachelint#Define('jinja2')
