using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Features;

/// <summary>UUIDs of version 5 (RFC 9562): the same name always gives the same id.</summary>
internal static class NameBasedGuid
{
    public static Guid Create(Guid scope, string name)
    {
        byte[] input = [.. scope.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // The format asks for SHA-1; nothing relies on its strength.
        var hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
