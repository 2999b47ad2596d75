using System.Text;

namespace ChatBotKit.Faults.Contract;

/// <summary>Generates multipart bodies with a file.</summary>
internal sealed class FormMaker(Dice dice)
{
    public (byte[] Body, string ContentType) Make(bool isGood)
    {
        const string Boundary = "the-boundary";
        var field = isGood ? "file" : dice.Pick("file", "file", "other", "", "file\u00e9");
        var name = isGood ? "a.txt" : dice.Pick("a.txt", "../../a.txt", "a\0.txt", new string('n', 300), "\u00e9.png", "", "a\".txt");
        var type = isGood ? "text/plain" : dice.Pick("text/plain", "", "/", "text/\u00e9", "image/png; a=b");
        var head = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {type}\r\n\r\n";
        var whole = $"{head}Hello, file.\r\n--{Boundary}--\r\n";
        if (!isGood && dice.Chance(60))
            whole = Break(whole, head);
        return (Encoding.UTF8.GetBytes(whole), isGood || dice.Chance(80)
            ? $"multipart/form-data; boundary={Boundary}"
            : dice.Pick("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "multipart/form-data; boundary=other", "multipart/mixed; boundary=the-boundary", $"multipart/form-data; boundary={new string('b', 300)}"));
    }

    private string Break(string whole, string head) => dice.Below(6) switch
    {
        0 => whole[..dice.Below(whole.Length)],
        1 => whole.Replace("\r\n", "\n", StringComparison.Ordinal),
        2 => string.Concat(Enumerable.Repeat(head + "x\r\n", 1100)) + whole,
        3 => whole.Replace("Content-Type", new string('H', 20_000), StringComparison.Ordinal),
        4 => whole.Replace("; name", "; ; name*=utf-8''%FF; name", StringComparison.Ordinal),
        _ => whole.Replace("Content-Disposition", "Content-Nothing", StringComparison.Ordinal),
    };
}
