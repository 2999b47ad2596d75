using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>Reads and writes the texts of files and of the files of spaces.</summary>
internal sealed class TextFiles(IStore store, IBlobStore blobs, ReceivedFiles files)
{
    /// <summary>The maximum size of a text in bytes.</summary>
    public const int MaxBytes = 3_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the text at a path; null when nothing is stored there.</summary>
    /// <exception cref="AbilityException">The content is too large, or is not text.</exception>
    public async Task<string?> ReadAsync(string resourceId, string path, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(db => db.FindContentAsync(resourceId, path), cancellationToken);
        if (row?.BlobId is not { } blobId)
            return null;
        if (row.Size > MaxBytes)
            throw new AbilityException($"The file is larger than {MaxBytes} bytes.");
        await using var stream = await blobs.OpenAsync(blobId, cancellationToken);
        if (stream is null)
            return null;
        var bytes = new byte[row.Size];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new AbilityException("The file is not a text in UTF-8.");
        }
    }

    /// <summary>Replaces the text at a path.</summary>
    /// <exception cref="AbilityException">The text is too large.</exception>
    /// <exception cref="Errors.ApiException">There can't be a file at the path, or the account has no room.</exception>
    public async Task WriteAsync(ContentStore contents, ResourceRow resource, string path, string? name, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MaxBytes)
            throw new AbilityException($"A file may have at most {MaxBytes} bytes.");
        using var stream = new MemoryStream(bytes);
        await using var received = await files.ReceiveAsync(stream, UploadLimit.Of(MaxBytes), cancellationToken);
        var row = contents.New(resource, path, name, "text/plain", received.Size);
        await contents.AddAsync(row, received, answered: null, cancellationToken);
    }

    /// <summary>Returns the lines of a text from one to another, both counted from 1; null for the beginning and the end.</summary>
    public static string Lines(string text, int? from, int? to)
    {
        if (from is null && to is null)
            return text;
        var lines = text.Split('\n');
        var first = Math.Clamp((from ?? 1) - 1, 0, lines.Length);
        return string.Join('\n', lines[first..Math.Clamp(to ?? lines.Length, first, lines.Length)]);
    }

    /// <summary>Replaces lines of a text, or the whole text.</summary>
    public static string ReplaceLines(string text, int? from, int? to, string by)
    {
        if (from is null && to is null)
            return by;
        var lines = text.Split('\n');
        var first = Math.Clamp((from ?? 1) - 1, 0, lines.Length);
        return string.Join('\n', [.. lines[..first], by, .. lines[Math.Clamp(to ?? lines.Length, first, lines.Length)..]]);
    }
}
