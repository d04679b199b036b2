package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what the SDK's failures mean: to the vault by their type, to a person in one line. */
final class S3Failure {
  private static final Set<String> LOGIN =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidClientTokenId",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "RequestTimeTooSkewed");

  private static final Set<String> REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private S3Failure() {}

  /**
   * The failure of a request for one file.
   *
   * @return a NoSuchFileException, an AccessDeniedException, or another with the server's words
   * @throws GodwitException for what concerns the whole place: no bucket, no login
   */
  static IOException of(BucketFolder folder, String path, SdkException failure) {
    if (failure instanceof AwsServiceException answered) {
      String code = code(answered);
      if (code.equals("NoSuchBucket")) {
        throw new GodwitException(
            ExitCode.NO_SUCH,
            "there is no such bucket: " + folder.bucket(),
            "make the bucket first; godwit makes vaults, not buckets",
            failure);
      }
      if (LOGIN.contains(code)) {
        throw new GodwitException(
            ExitCode.FAILED,
            "the S3 server refused the login for "
                + folder.display()
                + ": "
                + code
                + said(answered),
            "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, the profile and"
                + " the clock",
            failure);
      }
      if (REGION.contains(code) || answered.statusCode() == 301) {
        throw new GodwitException(
            ExitCode.FAILED,
            "the bucket " + folder.bucket() + " is in another region" + said(answered),
            "add ?region=" + region(answered).orElse("NAME") + " to the address, or set AWS_REGION",
            failure);
      }
      if (answered.statusCode() == 404) {
        return caused(new NoSuchFileException(path), failure);
      }
      if (answered.statusCode() == 403) {
        return caused(new AccessDeniedException(path), failure);
      }
      return new IOException(
          "the S3 server answered "
              + answered.statusCode()
              + (code.isEmpty() ? "" : ' ' + code)
              + said(answered),
          failure);
    }
    if (String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
      throw new GodwitException(
          ExitCode.FAILED,
          "there is no login for S3",
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with ?profile=NAME",
          failure);
    }
    Optional<GodwitException> untrusted = Https.failure(folder, failure);
    if (untrusted.isPresent()) {
      throw untrusted.get();
    }
    return new IOException("no answer from the S3 server: " + why(failure), failure);
  }

  /** The region that the server says the bucket is in. */
  private static Optional<String> region(AwsServiceException answered) {
    return Optional.ofNullable(answered.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(answer -> answer.firstMatchingHeader("x-amz-bucket-region"));
  }

  private static IOException caused(IOException failure, Exception cause) {
    failure.initCause(cause);
    return failure;
  }

  static String code(AwsServiceException answered) {
    return answered.awsErrorDetails() == null || answered.awsErrorDetails().errorCode() == null
        ? ""
        : answered.awsErrorDetails().errorCode();
  }

  private static String said(AwsServiceException answered) {
    String words =
        answered.awsErrorDetails() == null ? null : answered.awsErrorDetails().errorMessage();
    return words == null || words.isBlank()
        ? ""
        : " (" + words.lines().findFirst().orElse("") + ')';
  }

  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  /** What is behind a failure, in one line. */
  static String why(Throwable failure) {
    Throwable cause = innermost(failure);
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    // Of such a host Java says the name alone, or ahead of why it is not known.
    String text =
        cause instanceof UnknownHostException
            ? "there is no host " + said.replaceFirst(": .*", "")
            : said;
    return text.lines().findFirst().orElse("");
  }
}
