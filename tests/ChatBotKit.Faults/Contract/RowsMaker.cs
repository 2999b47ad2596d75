using System.Text;
using System.Text.Json;

namespace ChatBotKit.Faults.Contract;

/// <summary>Generates the rows of an import of records, as JSON Lines or CSV.</summary>
internal sealed class RowsMaker(Dice dice)
{
    private static readonly string[] OddLines =
    [
        "", " ", "{", "[]", "null", "\"", "{\"text\":1}", "{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"\\ud800\"}", "{\"text\":\"a\",\"meta\":{\"_a\":1}}",
        "a,b,c,d", "\"a", "\"a\"b\"", "\0", "\r", "{\"text\":\"a\\u0000\"}",
    ];

    private static readonly string[] Headers = ["text", "text,source", "id,text,meta", "meta.a,text", "\uFEFFtext"];

    private static readonly string[] OddHeaders = ["", "source", "text,text", "text,other", "\"text", "text,meta.", "\0"];

    public byte[] Make(string type, bool isGood)
    {
        var isCsv = type == "text/csv";
        var header = isGood || dice.Chance(80) ? dice.Pick(Headers) : dice.Pick(OddHeaders);
        var columns = header.Split(',');
        var text = new StringBuilder(isCsv ? header + "\n" : "");
        for (var row = dice.Below(dice.Chance(10) ? 300 : 5); row > 0; row--)
        {
            var line = !isGood && dice.Chance(30) ? dice.Pick(OddLines)
                : isCsv ? string.Join(',', columns.Select(column => column == "meta" ? "\"{\"\"a\"\":1}\"" : $"\"{dice.Below(1_000)}\""))
                : $$"""{"text":{{JsonSerializer.Serialize(dice.Chance(10) ? dice.OddText() : $"row {dice.Below(1_000)}")}},"id":"{{dice.Below(50)}}"}""";
            text.Append(line).Append(dice.Chance(90) ? "\n" : "\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return isGood || dice.Chance(80) ? bytes : [.. bytes, .. dice.Bytes(20)];
    }
}
