package dev.godwit.testkit.server.s3;

import java.time.Duration;

/** What goes wrong with one request. */
public sealed interface Fault {
  /** Nothing: request and answer pass. */
  record None() implements Fault {}

  /** The server is not asked; this is answered, such as 503 SlowDown. */
  record Answered(int status, String code) implements Fault {}

  /** The connection breaks before the server is asked. */
  record Broken() implements Fault {}

  /** The server does what is asked, and the connection breaks instead of an answer. */
  record AnswerLost() implements Fault {}

  /** The server does what is asked, and something on the way says otherwise. */
  record Denied(int status, String code) implements Fault {}

  /** The answer ends after so many bytes of its body. */
  record CutAfter(int bytes) implements Fault {}

  /** One bit of the request's body is turned. */
  record RequestBent() implements Fault {}

  /** One bit of the answer's body is turned. */
  record AnswerBent() implements Fault {}

  /** The answer comes that late. */
  record Late(Duration by) implements Fault {}

  /** The query's parameter is set to another value, such as a page that is short. */
  record Asked(String parameter, String value) implements Fault {}

  /** The answer of the last such request is given once more: a list that lags. */
  record Stale() implements Fault {}

  /** A header of the request is passed over, as by a server that does not know it. */
  record Unheard(String header) implements Fault {}

  /** The answer has a header more, such as one that says that an object is locked. */
  record Told(String header, String value) implements Fault {}
}
