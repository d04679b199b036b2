package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage whose process is gone after so many writes: none after that is done. */
public final class Stopping {
  private static final Set<String> WRITES =
      Set.of("create", "createIfAbsent", "replace", "delete", "write", "commit");

  private final AtomicInteger left;

  private Stopping(int writes) {
    this.left = new AtomicInteger(writes);
  }

  /** The storage, until {@code writes} were done. */
  public static Storage after(int writes, Storage below) {
    return (Storage) new Stopping(writes).over(below, Storage.class);
  }

  private Object over(Object below, Class<?> type) {
    return Proxy.newProxyInstance(
        Stopping.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (WRITES.contains(method.getName()) && left.decrementAndGet() < 0) {
            throw new IOException("the process is gone");
          }
          try {
            Object result = method.invoke(below, arguments);
            return result instanceof StorageWriter ? over(result, StorageWriter.class) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
