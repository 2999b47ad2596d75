using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Tests.Features;

public sealed class InstructionParserTests
{
    [Theory]
    [InlineData("@fetch/text/get", "Template", "fetch/text/get")]
    [InlineData("template: fetch/text/get\nparameters:\n  url: x", "Template", "fetch/text/get")]
    [InlineData("!shell.exec {cmd: ls}", "Structured", "shell.exec")]
    [InlineData("action: fetch\nurl: x", "Structured", "fetch")]
    [InlineData("action: !fetch\nurl: x", "Structured", "fetch")]
    [InlineData("```fetch\nurl: x\n```", "Simple", "fetch")]
    [InlineData("  \n~~~~search/id=a%2Fb\n```\nx\n~~~~\n", "Simple", "search")]
    [InlineData("Do this:\n```fetch\nurl: x\n```", "Complex", "")]
    [InlineData("```fetch\nx\n```\n```echo\ny\n```", "Complex", "")]
    [InlineData("Look up the weather.", "Automatic", "")]
    [InlineData("Perform this action: look up the weather.", "Automatic", "")]
    public void Parse_FindsTheKind(string source, string kind, string action)
    {
        var instruction = InstructionParser.Parse(source);

        Assert.Equal((kind, action), (instruction.Kind.ToString(), instruction.Action));
    }

    [Theory]
    [InlineData("```echo\n$[a b]\n```", "line 2, column 5: there is no operation \"b\"")]
    [InlineData("```echo\nx $[a enum<1,2\n```", "line 2, column 3: the field that begins here is not closed")]
    [InlineData("```echo\n$[a min<x>]\n```", "line 2, column 5: the argument of \"min\" must be a number")]
    [InlineData("```echo\n$[a trim<x>]\n```", "line 2, column 5: \"trim\" takes no argument")]
    [InlineData("```echo\n$[a sanitize<(?=x)>]\n```", "line 2, column 5: the argument of \"sanitize\" must be a regular expression without lookarounds and references back")]
    [InlineData("```\nx\n```", "line 1, column 1: the block names no action")]
    [InlineData("```echo\nx", "line 1, column 1: the block that begins here is not closed")]
    [InlineData("!echo\na: !string {name: x, nonsense: 1}", "line 2, column 32: a field has no attribute \"nonsense\"")]
    [InlineData("!echo\nb: 1\na: !what x", "line 3, column 4: there is no tag \"!what\" for a value")]
    [InlineData("!echo\nq: $[q |text]\na: &x 1\nb: *x", "line 4, column 4: aliases are not supported")]
    [InlineData("!echo {a: 1}\n---\n!echo {}", "line 2, column 1: there may be only one YAML document")]
    [InlineData("a \uE000", "line 1, column 3: the character can't be used")]
    public void Parse_OfAMalformedInstruction_NamesThePlace(string source, string message) =>
        Assert.Equal(message, Assert.Throws<InstructionException>(() => InstructionParser.Parse(source)).Message);

    [Fact]
    public void Parse_OfAHostileInstruction_EndsSoon()
    {
        var bomb = "!echo\na: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"b{i}: &b{i} [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"));
        string[] hostile =
        [
            bomb,
            "!echo " + new string('[', 30_000) + new string(']', 30_000),
            "!echo [" + string.Concat(Enumerable.Repeat("x,", 30_000)) + "]",
            "!echo " + string.Concat(Enumerable.Repeat("{a: ", 10_000)),
            "```echo\n" + string.Concat(Enumerable.Repeat("$[a] ", 13_000)) + "\n```",
        ];

        Assert.All(hostile, source => Assert.Throws<InstructionException>(() => InstructionParser.Parse(source)));
        Assert.Equal(InstructionKind.Simple, InstructionParser.Parse("```echo\n" + new string('[', 65_000) + "\n```").Kind);
    }

    [Theory]
    [InlineData("$[0]")]
    [InlineData("$['a'] $.x[*]")]
    [InlineData("${HOME} {{ name }} [[1,2],[3]]")]
    [InlineData("((a))")]
    public void Parse_OfTextThatResemblesAField_KeepsIt(string text)
    {
        var instruction = InstructionParser.Parse($"```echo\n{text}\n```");

        Assert.Equal((text + "\n", 0), (instruction.Text!.Text, instruction.Slots.Count));
    }

    [Theory]
    [InlineData("trim", " a ", "a")]
    [InlineData("euc", "a b&c", "a%20b%26c")]
    [InlineData("js", "a\"b\nc", "\"a\\\"b\\nc\"")]
    [InlineData("dq", "a\"b", "\"a\\\"b\"")]
    [InlineData("sq", "it's", "'it''s'")]
    [InlineData("rn", "a\r\nb\nc", "a b c")]
    [InlineData("sanitize<[^a-z|]>", "aB>c|1", "ac|")]
    [InlineData("trim sq", " a ", "'a'")]
    public void Operation_ConvertsTheValue(string operations, string value, string text)
    {
        var slot = Assert.IsType<FieldSlot>(Assert.Single(InstructionParser.Parse($"```echo\n$[a {operations}|what it is]\n```").Slots));

        Assert.Equal(text, FieldText.Of(System.Text.Json.Nodes.JsonValue.Create(value), slot.Operations));
    }

    [Fact]
    public void Schema_OffersWhatTheModelMayGive()
    {
        var instruction = InstructionParser.Parse(
            "```echo\n$[city! ys|name of the city] $[city] $[days number min<1> max<7> default<3>] $[unit enum<C,F>] $[_hidden] $[own local] $[SECRET_X] $[body j]\n```");

        Assert.Equal(
            """{"type":"object","title":"Action request","properties":{"city":{"type":"string","description":"name of the city"},"days":{"type":"number","default":"3","minimum":1,"maximum":7},"unit":{"type":"string","enum":["C","F"]},"body":{}},"required":["city"],"additionalProperties":false}""",
            ParameterSchema.Of(instruction.Fields).GetRawText());
        Assert.Contains(instruction.Slots, slot => slot is EngineSlot { Name: "SECRET_X" });
    }

    [Theory]
    [InlineData("getWeather_2", "getWeather_2")]
    [InlineData("Get the weather!", "get_the_weather")]
    [InlineData("2 steps", "ability_2_steps")]
    [InlineData("天気", "ability")]
    public void FunctionName_IsDerivedFromThatOfTheAbility(string ability, string function) => Assert.Equal(function, FunctionNames.Of(ability));

    [Fact]
    public void FunctionName_OfALongName_IsCut_AndStaysUnique()
    {
        var taken = new HashSet<string>();
        var name = FunctionNames.Of(new string('a', 100));

        Assert.Equal(64, FunctionNames.Free(name, taken).Length);
        Assert.Equal(new string('a', 62) + "_2", FunctionNames.Free(name, taken));
    }
}
