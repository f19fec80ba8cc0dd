/// A file on disk that came in, before anything is known of its content.
struct InboxFile: Hashable, Sendable {
  /// Where it lies.
  var path: String
  /// As shown to people: the path as it was named on the command line, and what follows below it.
  var shown: String
  /// Its place below the folder that was named; empty if it was named itself.
  var below: String
  /// Why it is not looked into, though it is there.
  var obstacle: Obstacle?

  enum Obstacle: Hashable, Sendable {
    /// A link to a folder that it lies in itself.
    case loop
    /// More folders inside one another than are followed.
    case depth
    /// More links to folders than are followed.
    case links
  }
}

/// What became of one file, or of one entry of an archive, when it was read.
struct FileOutcome: Sendable {
  var file: InputFile
  var submissions: [Submission] = []
  /// Units that the file brings along.
  var below: [UnitBelow] = []
  /// Equal for files with the same bytes, in every run.
  var contentHash: String?
}
