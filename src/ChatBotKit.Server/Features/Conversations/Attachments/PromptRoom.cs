using System.Text;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Distributes the space in a prompt among files in their order. A file for which there is no space left is only mentioned.
/// </summary>
internal sealed class PromptRoom(AttachmentOptions options)
{
    private long _text = options.PromptTextBytes;
    private long _pictures = options.PromptImageBytes;

    public AttachmentContent Fit(AttachmentContent file)
    {
        if (file.Picture is { } picture)
        {
            if (picture.Bytes.Length > _pictures)
                return file with { Picture = null };
            _pictures -= picture.Bytes.Length;
            return file;
        }

        return file.Text is { } text ? FitText(file, text) : file;
    }

    /// <summary>Returns how many characters of the text fit into the number of bytes.</summary>
    public static int LengthWithin(string text, long bytes)
    {
        var (length, used) = (0, 0L);
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
                break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    private AttachmentContent FitText(AttachmentContent file, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes <= _text)
        {
            _text -= bytes;
            return file;
        }

        var length = LengthWithin(text, _text);
        _text = 0;
        return length == 0 ? file with { Text = null } : file with { Text = text[..length], IsCut = true };
    }
}
