using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>Texts of files, which can have characters that a database can't store.</summary>
internal static class StorableText
{
    /// <summary>Returns the text without U+0000 and without halves of surrogate pairs.</summary>
    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
}
