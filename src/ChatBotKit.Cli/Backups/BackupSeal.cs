using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Cli.Backups;

/// <summary>The last line of a backup: the SHA-256 hash of all bytes before it.</summary>
internal static class BackupSeal
{
    private const string Start = "sha256:";

    /// <summary>The size in bytes.</summary>
    public static int Length { get; } = Start.Length + (2 * SHA256.HashSizeInBytes) + 1;

    /// <summary>Reads the whole file from its beginning.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The name in messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The SHA-256 hash of the file, including its last line, in lowercase hexadecimal digits.</returns>
    /// <exception cref="CliException">The file is cut off, damaged, or not a backup.</exception>
    public static async Task<string> CheckAsync(FileStream file, string name, CancellationToken cancellationToken)
    {
        if (file.Length <= Length)
            throw Cut(name);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        for (var left = file.Length - Length; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                throw Cut(name);
            digest.AppendData(buffer, 0, read);
            left -= read;
        }

        var line = new byte[Length];
        await file.ReadExactlyAsync(line, cancellationToken);
        if (!line.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Start)) || line[^1] != '\n')
            throw Cut(name);
        if (!line.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes($"{Start}{Convert.ToHexStringLower(digest.GetCurrentHash())}\n")))
            throw new CliException($"{name} is damaged: its SHA-256 differs from the one at its end.");
        digest.AppendData(line);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static CliException Cut(string name) =>
        new($"{name} is cut off, or is not a backup: the SHA-256 at its end is missing.");
}
