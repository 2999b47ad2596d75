using System.Buffers.Text;
using System.Text;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>
/// The paths of files in spaces: names with slashes between them, stored as they are given. Every path is checked here, so none leads out
/// of its space, and each is a possible path of a file on the machine of a user.
/// </summary>
internal static class SpacePath
{
    /// <summary>The maximum number of bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private const string Rule =
        "must be names with slashes between them, without \".\", \"..\", empty names, backslashes and control characters";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the id of a path, which is derived from it.</summary>
    public static string IdOf(string path) => Base64Url.EncodeToString(Utf8.GetBytes(path));

    /// <summary>Returns the last name of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Returns the path of a route, with every name escaped.</summary>
    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Returns the folders in which the path is, the outermost first.</summary>
    public static IReadOnlyList<string> FoldersOf(string path)
    {
        var folders = new List<string>();
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
            folders.Add(path[..end]);
        return folders;
    }

    /// <summary>Checks a path in a body. One slash before the first name is ignored.</summary>
    /// <exception cref="ApiException">400: it is not a path of a file.</exception>
    public static string Parse(string text, string field) => Check(text is ['/', .. var rest] ? rest : text, $"\"{field}\"");

    /// <summary>Returns the path of a file that a route has at its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="depth">The number of segments of the route before the path.</param>
    /// <exception cref="ApiException">400: the path is empty or invalid.</exception>
    public static string OfFile(HttpContext context, int depth) => Check(Decode(Segments(context, depth)), "The path");

    /// <summary>Returns the path of a folder that a route has at its end; empty for the root. It may end with a slash.</summary>
    /// <inheritdoc cref="OfFile"/>
    public static string OfFolder(HttpContext context, int depth) => Segments(context, depth) switch
    {
        [] or [""] => "",
        [.. var names, ""] => Check(Decode(names), "The path"),
        var names => Check(Decode(names), "The path"),
    };

    /// <summary>
    /// Returns the escaped segments of the path. They come from the address as it was sent, because the web server unescapes everything
    /// but slashes: then an escaped slash could not be distinguished from one that was escaped twice. It also resolves dots, which
    /// changes the number of segments; those that are left are the last ones.
    /// </summary>
    private static string[] Segments(HttpContext context, int depth)
    {
        var count = Math.Max(context.Request.Path.Value!.Split('/').Length - 1 - depth, 0);
        var sent = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target
            ? target.Split('?')[0].Split('/')
            : context.Request.Path.ToUriComponent().Split('/');
        return sent[^Math.Min(count, sent.Length)..];
    }

    private static string Decode(string[] segments)
    {
        var bytes = new List<byte>();
        var text = string.Join('/', segments);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                bytes.Add(char.IsAscii(text[index]) ? (byte)text[index] : throw NotUtf8());
                continue;
            }

            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
                throw NotUtf8();
            bytes.Add(Convert.FromHexString(text.AsSpan(index + 1, 2))[0]);
            index += 2;
        }

        try
        {
            return Utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8();
        }
    }

    private static string Check(string path, string what)
    {
        if (path.Length == 0)
            throw ApiException.BadRequest($"{what} is required");
        if (path.Any(character => char.IsControl(character) || character == '\\') || HasHalfCharacter(path)
            || path.Split('/').Any(name => name is "" or "." or ".."))
            throw ApiException.BadRequest($"{what} {Rule}");
        return Utf8.GetByteCount(path) <= MaxBytes
            ? path
            : throw ApiException.BadRequest($"{what} may have at most {MaxBytes} bytes of UTF-8");
    }

    private static bool HasHalfCharacter(string path)
    {
        for (var index = 0; index < path.Length; index++)
        {
            if (char.IsSurrogatePair(path, index))
                index++;
            else if (char.IsSurrogate(path[index]))
                return true;
        }

        return false;
    }

    private static ApiException NotUtf8() => ApiException.BadRequest("The path must be UTF-8 with valid percent signs");
}
