using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Names a text by its contents: the same text has the same hash, whichever record it is in.</summary>
internal static class TextHash
{
    public static UInt128 Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Read(hash[..16]);
    }

    public static byte[] Bytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    public static UInt128 Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
