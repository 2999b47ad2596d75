using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Ids for rows that may exist only once, such as a caller's vote on a message. The id follows from its parts, so a second write
/// finds the first row by its primary key.
/// </summary>
internal static class DerivedId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Returns an id of 24 characters, like every other id.</summary>
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)));
        Span<char> id = stackalloc char[24];
        id[0] = (char)('a' + (hash[16] % 26));
        var number = BinaryPrimitives.ReadUInt128BigEndian(hash);
        foreach (ref var digit in id[1..])
        {
            digit = Digits[(int)(number % 36)];
            number /= 36;
        }

        return new string(id);
    }
}
