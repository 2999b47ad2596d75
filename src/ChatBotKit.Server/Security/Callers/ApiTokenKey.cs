using System.Security.Cryptography;
using System.Xml.Linq;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The key for the hashes of API tokens. Without it, a stolen database can't be used to guess tokens. It is in a file beside the
/// other keys and in their format, so that every backup contains it.
/// </summary>
internal sealed class ApiTokenKey
{
    public const string FileName = "api-tokens.xml";

    private const int Size = 32;
    private const string ElementName = "apiTokenKey";
    private const string Before = $"<{ElementName} value=\"";
    private const string After = "\" />";

    private readonly Lazy<byte[]> _key;
    private readonly Lazy<string> _id;

    /// <param name="directory">The directory of the keys. The file is created at first use.</param>
    public ApiTokenKey(string directory)
        : this(() => ReadOrCreate(directory))
    {
    }

    /// <param name="keys">The keys in the database. The key is created at first use.</param>
    public ApiTokenKey(StoredKeys keys)
        : this(() => Parse(keys.ReadOrAdd(FileName, NewText)))
    {
    }

    private ApiTokenKey(Func<byte[]> read)
    {
        _key = new(read);
        _id = new(() => Convert.ToHexStringLower(SHA256.HashData(_key.Value).AsSpan(0, 8)));
    }

    /// <summary>The id of the key, which rows store with the hashes.</summary>
    public string Id => _id.Value;

    /// <summary>Returns the hash of a token.</summary>
    public byte[] HashOf(string secret) => HashOf(Digest.Of(secret).ToArray());

    /// <summary>Returns the hash of a token, given the token's SHA-256.</summary>
    public byte[] HashOf(byte[] digest) => HMACSHA256.HashData(_key.Value, digest);

    /// <exception cref="StartupException">The file can't be read or written.</exception>
    private static byte[] ReadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path))
                Create(directory, path);
            return Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Xml.XmlException or FormatException)
        {
            throw new StartupException($"The key of the API tokens in '{path}' can't be used: {exception.Message}", exception);
        }
    }

    private static byte[] Read(string path) => Parse(File.ReadAllText(path));

    private static byte[] Parse(string text)
    {
        // Files that this program wrote are parsed as text, because loading an XML parser takes a twentieth of the start.
        var isOwnForm = text.Length >= Before.Length + After.Length
            && text.StartsWith(Before, StringComparison.Ordinal) && text.EndsWith(After, StringComparison.Ordinal);
        var key = Convert.FromBase64String(isOwnForm ? text[Before.Length..^After.Length] : ReadXml(text));
        return key.Length == Size ? key : throw new FormatException($"It does not hold a key of {Size} bytes.");
    }

    private static string ReadXml(string text) => (string?)XDocument.Parse(text).Root!.Attribute("value") ?? "";

    private static string NewText() => new XElement(
        ElementName, new XAttribute("value", Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)))).ToString();

    /// <summary>
    /// Creates the file. It gets its name only when it is complete and on disk; if two processes create it, the first one wins.
    /// </summary>
    private static void Create(string directory, string path)
    {
        OwnerOnly.CreateDirectory(directory);
        var unfinished = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }.Protect();
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(NewText()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }
    }
}
