using System.Text.Json.Serialization;

namespace ChatBotKit.Cli.Backups;

/// <summary>The manifest of a backup, which is its last entry.</summary>
internal sealed record BackupManifest
{
    public const string Name = "manifest.json";

    /// <summary>The newest format version that this program can read.</summary>
    public const int KnownFormat = 1;

    public required int Format { get; init; }

    /// <summary>The version of the server that created it.</summary>
    public required string Server { get; init; }

    /// <summary>The newest migration of the database. A server that does not know it refuses the database.</summary>
    public required string Schema { get; init; }

    public required long CreatedAt { get; init; }

    public required long Conversations { get; init; }

    public required long Messages { get; init; }

    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    /// <summary>The files that the database refers to and that did not exist when the backup was created.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <param name="Name">The path below the data directory.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The hash, in lowercase hexadecimal digits.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJsonContext : JsonSerializerContext;
