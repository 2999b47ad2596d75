using System.Security.Cryptography;
using System.Xml.Linq;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The key under which API tokens are hashed, so that a stolen database does not let anybody guess at them. It lies with the
/// other keys in a file of their form, so that every backup holds it.
/// </summary>
internal sealed class ApiTokenKey
{
    public const string FileName = "api-tokens.xml";

    private const int Size = 32;
    private const string ElementName = "apiTokenKey";
    private const string Before = $"<{ElementName} value=\"";
    private const string After = "\" />";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lazy<byte[]> _key;
    private readonly Lazy<string> _id;

    /// <param name="directory">Where the keys are; the file is made at first use.</param>
    public ApiTokenKey(string directory)
        : this(() => ReadOrCreate(directory))
    {
    }

    /// <param name="keys">Where the keys are; this one is made at first use.</param>
    public ApiTokenKey(StoredKeys keys)
        : this(() => Parse(keys.ReadOrAdd(FileName, NewText)))
    {
    }

    private ApiTokenKey(Func<byte[]> read)
    {
        _key = new(read);
        _id = new(() => Convert.ToHexStringLower(SHA256.HashData(_key.Value).AsSpan(0, 8)));
    }

    /// <summary>Names the key in the rows whose hashes it has made.</summary>
    public string Id => _id.Value;

    /// <summary>What is stored of a token.</summary>
    public byte[] HashOf(string secret) => HashOf(Digest.Of(secret).ToArray());

    /// <summary>The same, of the SHA-256 of the token.</summary>
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
        // To load the reader of XML takes a twentieth of the start, and every file that this program made looks like this.
        var isOwnForm = text.Length >= Before.Length + After.Length
            && text.StartsWith(Before, StringComparison.Ordinal) && text.EndsWith(After, StringComparison.Ordinal);
        var key = Convert.FromBase64String(isOwnForm ? text[Before.Length..^After.Length] : ReadXml(text));
        return key.Length == Size ? key : throw new FormatException($"It does not hold a key of {Size} bytes.");
    }

    private static string ReadXml(string text) => (string?)XDocument.Parse(text).Root!.Attribute("value") ?? "";

    private static string NewText() => new XElement(
        ElementName, new XAttribute("value", Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)))).ToString();

    /// <summary>The file has its name only when it is whole and on the disk; of two that make it the first one wins.</summary>
    private static void Create(string directory, string path)
    {
        KeysDirectory.Create(directory);
        var unfinished = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
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

internal static class KeysDirectory
{
    /// <summary>Creates the directory of the keys, which are for the server's own user alone: they open every secret in the database.</summary>
    public static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
