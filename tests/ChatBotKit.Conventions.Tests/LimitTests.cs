using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the numbers in <c>docs/limits.md</c> with the constants and defaults that it names.</summary>
public sealed partial class LimitTests
{
    private const BindingFlags Anywhere = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Assembly[] Assemblies =
        [typeof(Server.Hosting.ChatBotKitServer).Assembly, typeof(ChatBotKitClient).Assembly, typeof(IdResponse).Assembly];

    private static readonly Dictionary<string, double> Units = new()
    {
        ["KB"] = 1024,
        ["MB"] = 1024 * 1024,
        ["seconds"] = 1,
        ["minutes"] = 60,
        ["hour"] = 3600,
        ["hours"] = 3600,
        ["day"] = 86_400,
        ["days"] = 86_400,
    };

    public static TheoryData<string, string> Rows() =>
        new(Row().Matches(Repository.Read("docs/limits.md")).Select(match => (match.Groups["limit"].Value, match.Groups["name"].Value)));

    [Fact]
    public void Page_HasTheLimits() => Assert.True(Rows().Count > 40, $"{Rows().Count} rows");

    [Theory]
    [MemberData(nameof(Rows))]
    public void Limit_IsThatOfTheCode(string limit, string name)
    {
        var words = limit.Split(' ');
        var number = double.Parse(words[0], NumberStyles.Number, CultureInfo.InvariantCulture);
        var value = ValueOf(name);
        var unit = words.Length > 1 && (value is TimeSpan || words[1] is "KB" or "MB") ? Units[words[1]] : 1;

        Assert.Equal(number * unit, value is TimeSpan time ? time.TotalSeconds : Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    private static object ValueOf(string name)
    {
        var (typeName, memberName) = name.Split('.') is [var first, var second] ? (first, second) : throw new InvalidDataException(name);
        var type = Assert.Single(Assemblies.SelectMany(assembly => assembly.GetTypes()), type => type.Name == typeName);
        if (type.GetField(memberName, Anywhere) is { } field)
            return field.GetValue(null)!;
        var property = type.GetProperty(memberName, Anywhere);
        Assert.True(property is not null, $"There is no {name}.");
        return property.GetValue(property.GetMethod!.IsStatic ? null : Activator.CreateInstance(type, nonPublic: true))!;
    }

    [GeneratedRegex(@"^\| [^|]+ \| (?<limit>\d[^|]*) \| [^|]*\| [^|]*\| `(?<name>\w+\.\w+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
