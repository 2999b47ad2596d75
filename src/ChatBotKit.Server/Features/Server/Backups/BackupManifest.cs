using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>The last entry of a backup. It describes all other entries.</summary>
internal sealed record BackupManifest
{
    /// <summary>The version of the format. It must be increased when older programs can't read new backups.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the server that created the backup.</summary>
    public required string Server { get; init; }

    /// <summary>The name of the newest schema script of the database.</summary>
    public required string Schema { get; init; }

    public required long CreatedAt { get; init; }

    public required long Conversations { get; init; }

    public required long Messages { get; init; }

    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    /// <summary>The files that the database refers to but that were missing: deleted during the backup, or lost before.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <param name="Name">The path below the data directory.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 in lowercase hexadecimal digits.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJsonContext : JsonSerializerContext;
