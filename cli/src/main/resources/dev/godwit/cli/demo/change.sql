update orders set state = 'shipped', note = 'shipped today' where id > 118800;
