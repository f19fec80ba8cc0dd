// swift-tools-version: 6.2
import PackageDescription

// Speed and memory of the library. A package of its own, so that nobody needs libxlsxwriter to build the rest.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "huizong", path: "..")],
  targets: [
    .executableTarget(
      name: "bench", dependencies: ["CAllocations", .product(name: "XLSX", package: "huizong")]),
    // Counts what the program asks of malloc.
    .target(name: "CAllocations"),
    // The least that reading can take: inflating, and a bare scan.
    .executableTarget(
      name: "floor", linkerSettings: [.linkedLibrary("zip"), .linkedLibrary("deflate")]),
    // The same job by libxlsxwriter, in C.
    .executableTarget(
      name: "libxlsxwriter-peer", linkerSettings: [.linkedLibrary("xlsxwriter"), .linkedLibrary("z")]),
  ],
  swiftLanguageModes: [.v6]
)
