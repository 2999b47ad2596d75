using System.Buffers;
using System.Text;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Reads the part of a file that a model can get: the beginning of a text, or a whole picture. The kind of the file is determined
/// by its bytes, because the declared type is not reliable.
/// </summary>
internal static class FileReading
{
    /// <summary>The maximum size of a picture that is sent; a larger one is only mentioned. Several providers refuse larger ones.</summary>
    public const int MaxPictureBytes = 4 * 1024 * 1024;

    private const int HeadBytes = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="file">The bytes.</param>
    /// <param name="known">The known properties of the file.</param>
    /// <param name="maxTextBytes">The maximum number of bytes to read of a text.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    public static async Task<AttachmentContent> ReadAsync(
        Stream file, AttachmentContent known, int maxTextBytes, CancellationToken cancellationToken)
    {
        var length = (int)Math.Min(known.Size, Math.Max(maxTextBytes, HeadBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        try
        {
            var read = await file.ReadAtLeastAsync(buffer.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken);
            var head = buffer.AsMemory(0, read);
            if (PictureType(head.Span) is { } type)
                return known.Size <= MaxPictureBytes ? await WithPictureAsync(file, head, known, type, cancellationToken) : known;
            return WithText(head.Span, known, isCut: known.Size > read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<AttachmentContent> WithPictureAsync(
        Stream file, ReadOnlyMemory<byte> head, AttachmentContent known, string type, CancellationToken cancellationToken)
    {
        var bytes = new byte[known.Size];
        head.CopyTo(bytes);
        await file.ReadExactlyAsync(bytes.AsMemory(head.Length), cancellationToken);
        return known with { Picture = (type, bytes) };
    }

    /// <summary>Returns the media type of a picture that models accept; null for anything else.</summary>
    private static string? PictureType(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    private static AttachmentContent WithText(ReadOnlySpan<byte> bytes, AttachmentContent known, bool isCut)
    {
        if (IsKnownDocument(bytes, known) || Decode(bytes, known.Type, isCut) is not { } text || text.Any(IsOfNoText))
            return known;
        return known with { Text = text.ReplaceLineEndings("\n"), IsCut = isCut };
    }

    /// <summary>Whether the file has a document format that looks like text but is not readable as such.</summary>
    private static bool IsKnownDocument(ReadOnlySpan<byte> bytes, AttachmentContent known) =>
        bytes.StartsWith("%PDF-"u8) || bytes.StartsWith("{\\rtf"u8) || MailFormat.Is(bytes, known.Type, Path.GetExtension(known.Name).ToLowerInvariant());

    private static bool IsOfNoText(char character) => char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f' or '\u0085');

    /// <summary>
    /// Decodes a text by its byte order mark, or else as UTF-8. A file that is declared as text, but is not valid UTF-8, is decoded
    /// as Latin-1.
    /// </summary>
    private static string? Decode(ReadOnlySpan<byte> bytes, string type, bool isCut)
    {
        var (encoding, mark) = Marked(bytes);
        if (encoding is not null)
            return encoding.GetString(Whole(bytes[mark..], encoding));
        try
        {
            return StrictUtf8.GetString(isCut ? WithoutHalfCharacter(bytes) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return type.StartsWith("text/", StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : null;
        }
    }

    private static (Encoding? Encoding, int Mark) Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? (Encoding.UTF8, 3)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? (Encoding.UTF32, 4)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) ? (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? (Encoding.Unicode, 2)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (Encoding.BigEndianUnicode, 2)
        : (null, 0);

    /// <summary>Removes an incomplete character at the end.</summary>
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> bytes, Encoding encoding) => encoding switch
    {
        UTF8Encoding => WithoutHalfCharacter(bytes),
        UTF32Encoding => bytes[..(bytes.Length / 4 * 4)],
        _ => WithoutHalfPair(bytes[..(bytes.Length / 2 * 2)], encoding),
    };

    private static ReadOnlySpan<byte> WithoutHalfPair(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (bytes.Length < 2)
            return bytes;
        var high = encoding == Encoding.Unicode ? bytes[^1] : bytes[^2];
        return high is >= 0xD8 and <= 0xDB ? bytes[..^2] : bytes;
    }

    private static ReadOnlySpan<byte> WithoutHalfCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if (lead < 0x80)
                return bytes;
            if (lead >= 0xC0)
                return Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? bytes[..^back] : bytes;
        }

        return bytes;
    }
}
