using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Copies the key files to the table of keys. Without them, neither stored secrets nor API tokens could be read.</summary>
internal static class KeyFiles
{
    private const string Extension = ".xml";
    private const string RingPrefix = "key-";

    /// <returns>The number of keys.</returns>
    /// <exception cref="StartupException">A file can't be read.</exception>
    public static async Task<int> CopyAsync(string directory, NpgsqlConnection target)
    {
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, $"*{Extension}") : [];
        // A running server may have made or deleted keys since the last copy.
        await target.RunAsync("""DELETE FROM "StoredKeys" """);
        foreach (var path in files)
        {
            await target.RunAsync(
                """INSERT INTO "StoredKeys" ("Name", "Value", "CreatedAt") VALUES ($1, $2, $3)""",
                NameOf(path), Read(path), new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds());
        }

        return files.Length;
    }

    /// <summary>Returns the name under which a server on PostgreSQL looks for the key. Keys of the ring have the names of their files.</summary>
    private static string NameOf(string path) =>
        Path.GetFileNameWithoutExtension(path) is var name && name.StartsWith(RingPrefix, StringComparison.Ordinal) ? name
        : name.StartsWith("revocation-", StringComparison.Ordinal) ? RingPrefix + name
        : Path.GetFileName(path);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key '{path}' can't be read: {exception.Message}", exception);
        }
    }
}
