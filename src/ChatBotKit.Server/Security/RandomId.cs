using System.Security.Cryptography;

namespace ChatBotKit.Server.Security;

internal static class RandomId
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string LettersAndDigits = Letters + "0123456789";

    /// <summary>A new id of the wire's shape: 24 lower-case letters and digits, the first of them a letter.</summary>
    public static string New() =>
        RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(LettersAndDigits, 23);
}
