using System.Buffers.Binary;
using System.Text;

namespace ChatBotKit.Extensions.Onnx.Tests;

/// <summary>Writes a message in the binary form of Protocol Buffers, in which ONNX and SentencePiece models are stored.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtobufMessage Number(int field, long value)
    {
        WriteNumber((ulong)(field << 3));
        WriteNumber((ulong)value);
        return this;
    }

    public ProtobufMessage Float(int field, float value)
    {
        WriteNumber((ulong)((field << 3) | 5));
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _bytes.AddRange(four);
        return this;
    }

    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    public ProtobufMessage Bytes(int field, byte[] value)
    {
        WriteNumber((ulong)((field << 3) | 2));
        WriteNumber((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void WriteNumber(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
