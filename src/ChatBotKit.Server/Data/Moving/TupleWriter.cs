using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Writes a row in the binary format of PostgreSQL's <c>COPY</c>.</summary>
internal sealed class TupleWriter
{
    private readonly ArrayBufferWriter<byte> _tuple = new(4096);

    /// <summary>The row.</summary>
    public ReadOnlyMemory<byte> Tuple => _tuple.WrittenMemory;

    /// <summary>Begins a row.</summary>
    public void Begin(int columns)
    {
        _tuple.ResetWrittenCount();
        BinaryPrimitives.WriteInt16BigEndian(_tuple.GetSpan(sizeof(short)), (short)columns);
        _tuple.Advance(sizeof(short));
    }

    public void WriteNull() => WriteLength(-1);

    public void Write(long number)
    {
        WriteLength(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_tuple.GetSpan(sizeof(long)), number);
        _tuple.Advance(sizeof(long));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        _tuple.Write(bytes);
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private void WriteLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_tuple.GetSpan(sizeof(int)), length);
        _tuple.Advance(sizeof(int));
    }
}
