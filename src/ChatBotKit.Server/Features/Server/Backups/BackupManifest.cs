using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>The last entry of a backup, which tells what the others must be.</summary>
internal sealed record BackupManifest
{
    /// <summary>To be raised when older programs could no longer read a backup.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the server that made it.</summary>
    public required string Server { get; init; }

    /// <summary>The newest migration of the database.</summary>
    public required string Schema { get; init; }

    public required long CreatedAt { get; init; }

    public required long Conversations { get; init; }

    public required long Messages { get; init; }

    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    /// <summary>Files that the database names and that were not there: deleted while the backup was made, or lost before.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <param name="Name">The path below the data directory.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lowercase hexadecimal digits.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJsonContext : JsonSerializerContext;
