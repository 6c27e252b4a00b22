call cachelint#Define('twig')
