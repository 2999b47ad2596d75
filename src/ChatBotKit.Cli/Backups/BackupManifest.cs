using System.Text.Json.Serialization;

namespace ChatBotKit.Cli.Backups;

/// <summary>What a backup says about itself in its last entry.</summary>
internal sealed record BackupManifest
{
    public const string Name = "manifest.json";

    /// <summary>The newest format that this program can read.</summary>
    public const int KnownFormat = 1;

    public required int Format { get; init; }

    /// <summary>The version of the server that made it.</summary>
    public required string Server { get; init; }

    /// <summary>The newest migration of the database; a server that does not know it refuses the database.</summary>
    public required string Schema { get; init; }

    public required long CreatedAt { get; init; }

    public required long Conversations { get; init; }

    public required long Messages { get; init; }

    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    /// <summary>Files that the database names and that were not there when the backup was made.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <param name="Name">The path below the data directory.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lowercase hexadecimal digits.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJsonContext : JsonSerializerContext;
