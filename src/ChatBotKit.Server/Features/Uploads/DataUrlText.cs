using System.Buffers;
using System.Buffers.Text;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>The Base64 text of a data URL, which is a JSON string. It is decoded while it arrives, some kilobytes at a time.</summary>
internal sealed class DataUrlText
{
    /// <summary>The number of bytes that <see cref="GroupLength"/> characters become.</summary>
    public const int GroupBytes = 3;

    private const int GroupLength = 4;

    private readonly byte[] _text = new byte[16 * 1024];
    private int _count;

    /// <summary>Whether the end of the string was read.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether all of the text is decoded.</summary>
    public bool IsDecoded => IsClosed && _count == 0;

    /// <summary>
    /// Whether more text must be taken before bytes can be decoded. The last group is kept until the end, so two groups are necessary.
    /// </summary>
    public bool NeedsMore => !IsClosed && _count < 2 * GroupLength;

    /// <summary>Unescapes characters of the JSON string, without white space, until the buffer is full or the string ends.</summary>
    /// <returns>The number of consumed bytes of the body.</returns>
    public long Take(in ReadOnlySequence<byte> body)
    {
        var reader = new SequenceReader<byte>(body);
        while (_count < _text.Length && !IsClosed && reader.TryRead(out var value))
        {
            if (value == '"')
            {
                IsClosed = true;
            }
            else if (value == '\\')
            {
                if (!DataUrlEscape.TryRead(ref reader, out value))
                {
                    reader.Rewind(1);
                    break;
                }

                Add(value);
            }
            else
            {
                Add(value >= ' ' ? value : throw DataUrlEscape.Invalid());
            }
        }

        return reader.Consumed;
    }

    /// <summary>Decodes the available characters. The last ones are kept until the end, because they may be padding.</summary>
    public int Decode(Span<byte> target)
    {
        var length = IsClosed ? _count : Math.Max(0, (_count / GroupLength * GroupLength) - GroupLength);
        length = Math.Min(length, target.Length / GroupBytes * GroupLength);
        var isLast = IsClosed && length == _count;
        if (Base64.DecodeFromUtf8(_text.AsSpan(0, length), target, out var used, out var written, isLast) != OperationStatus.Done || used != length)
            throw DataUrlEscape.Invalid();
        _text.AsSpan(length, _count - length).CopyTo(_text);
        _count -= length;
        return written;
    }

    private void Add(byte value)
    {
        if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            _text[_count++] = value;
    }
}
