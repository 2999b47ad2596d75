using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Security;

/// <summary>The SHA-256 of a credential. Caches and the database hold it instead of the credential itself.</summary>
internal readonly record struct Digest
{
    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private Digest(ReadOnlySpan<byte> bytes)
    {
        _first = MemoryMarshal.Read<UInt128>(bytes);
        _second = MemoryMarshal.Read<UInt128>(bytes[16..]);
    }

    public static Digest Of(string credential)
    {
        const int OnStack = 1024;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = stackalloc byte[OnStack];
        if (!Encoding.UTF8.TryGetBytes(credential, bytes, out var count))
            return new Digest(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));
        SHA256.HashData(bytes[..count], hash);
        return new Digest(hash);
    }

    /// <summary>Creates a digest from the bytes that a row stores.</summary>
    public static Digest FromBytes(ReadOnlySpan<byte> hash) => new(hash);

    public byte[] ToArray()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        MemoryMarshal.Write(bytes, _first);
        MemoryMarshal.Write(bytes.AsSpan(16), _second);
        return bytes;
    }
}
