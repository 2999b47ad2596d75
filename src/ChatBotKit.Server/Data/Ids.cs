using System.Security.Cryptography;

namespace ChatBotKit.Server.Data;

/// <summary>Makes ids of the shape that the API's ids have: a letter, then lower-case letters and digits.</summary>
internal static class Ids
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>An id of 24 characters for anything that is stored; unguessable.</summary>
    public static string New() => RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(LettersAndDigits, 23);

    /// <summary>A short id that has to be unique within one run.</summary>
    public static string Short() => RandomNumberGenerator.GetString(LettersAndDigits, 8);
}
