package dev.godwit.storage.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An agent that keeps keys, met at its socket as draft-ietf-sshm-ssh-agent describes. */
final class Agent extends AbstractAgentProxy {
  private static final int MOST = 256 << 10;

  private final SocketChannel socket;

  private Agent(SocketChannel socket) {
    super(null);
    this.socket = socket;
  }

  /** Opens the agent anew for each session; forwards it to nobody. */
  static SshAgentFactory at(Path path) {
    return new SshAgentFactory() {
      @Override
      public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
      }

      @Override
      public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
        return new Agent(SocketChannel.open(UnixDomainSocketAddress.of(path)));
      }

      @Override
      public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("agents are not forwarded");
      }
    };
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
    int length = read(4).getInt();
    if (length < 1 || length > MOST) {
      throw new IOException("the agent's answer makes no sense");
    }
    return new ByteArrayBuffer(read(length).array());
  }

  private ByteBuffer read(int count) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(count);
    while (into.hasRemaining()) {
      if (socket.read(into) < 0) {
        throw new EOFException("the agent closed its socket");
      }
    }
    return into.flip();
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    super.close();
  }
}
