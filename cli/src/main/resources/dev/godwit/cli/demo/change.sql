update orders set state = 'shipped', note = 'shipped today' where id > 198000;
