package dev.godwit.storage.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Says what the server's refusals mean, by the types that callers of a storage know. */
final class SftpFailure {
  private SftpFailure() {}

  static IOException of(String path, IOException failure) {
    if (!(failure instanceof SftpException refused)) {
      return failure;
    }
    IOException meant =
        switch (refused.getStatus()) {
          case SftpConstants.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(path);
          case SftpConstants.SSH_FX_PERMISSION_DENIED -> new AccessDeniedException(path);
          default -> new IOException("the SFTP server says: " + refused.getMessage());
        };
    meant.initCause(failure);
    return meant;
  }

  static boolean isMissing(IOException failure) {
    return failure instanceof SftpException refused
        && refused.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE;
  }
}
