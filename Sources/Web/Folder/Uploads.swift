import Forms
import Foundation
import Hummingbird
import NIOCore

/// Takes files in: a bounded number at once, each no larger than may come in, none that trickles.
actor Uploads {
  struct Received: Sendable {
    /// `收件/沁阳.xlsx`
    var file: String
    var hash: String
    var size: Int
  }

  private var active = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// Files that are written at once, and that wait for their turn.
  private static let most = 16
  private static let mostWaiting = 256
  /// Nobody may hold a place: after half a minute a sender must have sent so much a second.
  private static let patience = 30.0
  private static let slowest = 2_048.0

  static let limit = IntakeLimits.default.fileSize

  /// Writes a request's body into the folder of what comes in.
  ///
  /// - Parameter name: As the sender calls it.
  /// - Returns: Once the file is on the disk.
  /// - Throws: ``Problem``
  func receive(
    _ body: RequestBody, name: String, declaredSize: Int?, into inbox: String, limit: Int = Uploads.limit
  ) async throws -> Received {
    guard let parts = FreeName.parts(of: name), let last = parts.last else {
      throw Problem(
        .unprocessableContent, "name", zh: "文件名不能用，请改名后再传", en: "The file's name cannot be used; rename it.")
    }
    if let declaredSize, declaredSize > limit { throw Self.tooLarge(limit) }
    try await enter()
    defer { leave() }
    let file = try await Blocking.light { try IncomingFile() }
    let started = Date()
    for try await buffer in body {
      let size = buffer.readableBytes
      guard file.size + size <= limit else { throw Self.tooLarge(limit) }
      try await Blocking.light {
        try buffer.withUnsafeReadableBytes { try file.append($0) }
      }
      let seconds = Date().timeIntervalSince(started)
      if seconds > Self.patience, Double(file.size) / seconds < Self.slowest {
        throw Problem(
          .requestTimeout, "too-slow", zh: "上传太慢，已中断；请检查网络后重传",
          en: "The upload is too slow and was stopped; check the network and try again.")
      }
    }
    if let declaredSize, declaredSize != file.size {
      throw Problem(
        .badRequest, "incomplete", zh: "文件没有传完，请重传", en: "The file did not arrive whole; send it again.")
    }
    return try await Blocking.light {
      let hash = try file.finish()
      let folder = try FreeName.makeFolders(parts.dropLast(), in: inbox)
      let kept = try FreeName.move(file.path, into: folder, as: last)
      Disk.sync(folder: folder)
      return Received(file: folder + "/" + kept, hash: hash, size: file.size)
    }
  }

  private func enter() async throws {
    if active < Self.most {
      active += 1
      return
    }
    guard waiting.count < Self.mostWaiting else {
      throw Problem(
        .serviceUnavailable, "busy", zh: "同时上传的文件太多，请稍后再传",
        en: "Too many files are being sent at once; try again in a moment.")
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    if waiting.isEmpty { active -= 1 } else { waiting.removeFirst().resume() }
  }

  private static func tooLarge(_ limit: Int) -> Problem {
    Problem(
      .contentTooLarge, "too-large", zh: "文件超过\(limit >> 20) MB，没有存入；请拆分或压缩后再传",
      en: "The file is larger than \(limit >> 20) MB and was not stored; split or compress it.")
  }
}
