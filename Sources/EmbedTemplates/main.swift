// Turns the text files of a folder into one Swift source file: embed-templates FOLDER OUT.swift NAME
//
// A build tool rather than SwiftPM's resource bundle: a bundle is a folder beside the binary and is lost when the
// binary alone is copied to another machine.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  FileHandle.standardError.write(Data("usage: embed-templates FOLDER OUT.swift NAME\n".utf8))
  exit(64)
}
let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
let kept: Set<String> = ["yaml", "yml", "txt", "css", "js", "svg"]

do {
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    .filter { kept.contains(($0 as NSString).pathExtension) }
    .sorted()
  var source =
    "/// The text files of a folder, by their path below it. Generated: do not edit.\n"
  source += "public let \(arguments[3]): [(path: String, text: String)] = [\n"
  for name in names {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    // A raw string delimited by more number signs than the text can contain in a row.
    let hashes = String(repeating: "#", count: 8)
    source += "  (\"\(name)\", \(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)),\n"
  }
  source += "]\n"
  try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("embed-templates: \(folder.path): \(error)\n".utf8))
  exit(1)
}
