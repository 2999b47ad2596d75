using ChatBotKit.Cli.Input;

namespace ChatBotKit.Cli.Tests.Input;

public sealed class LineEditorTests
{
    private readonly Keys _keys = new();

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("helo<Left>l", "hello")]
    [InlineData("ello<Home>h", "hello")]
    [InlineData("ello<C-A>h<C-E>!", "hello!")]
    [InlineData("hellox<Backspace>", "hello")]
    [InlineData("xhello<Home><Delete>", "hello")]
    [InlineData("one two<C-W>2", "one 2")]
    [InlineData("one two<C-U>2", "2")]
    [InlineData("one two<Home><C-K>2", "2")]
    [InlineData("one two three<C-Left><C-Left>2 ", "one 2 two three")]
    [InlineData("one two<Home><C-Right>!", "one! two")]
    [InlineData("ab<Left><C-D>", "a")]
    [InlineData("<Backspace><Delete><Left><Right>a", "a")]
    [InlineData("日本語<Left><Backspace>", "日語")]
    [InlineData("a😀b<Left><Backspace>", "ab")]
    [InlineData("e\u0301x<Left><Backspace>", "x")]
    [InlineData("שלום<Left><Backspace>", "שלם")]
    [InlineData("a\tb\u0007", "ab")]
    [InlineData("<F5>a<C-T>", "a")]
    public void Keys_MakeALine(string typed, string expected)
    {
        _keys.Type(typed + "<Enter>");

        Assert.Equal(expected, new LineEditor(_keys, new Screen(80), () => 80).Read("> "));
    }

    [Fact]
    public void UpAndDown_BringBackEarlierLines_AndWhatWasBeingTyped()
    {
        _keys.Type("one<Enter>two<Enter>two<Enter>draft<Up><Up><Enter><Up><Up><Down><Down><Enter>dr<C-P><C-N>aft<Enter>");
        var editor = new LineEditor(_keys, new Screen(80), () => 80);

        Assert.Equal(["one", "two", "two", "one", "", "draft"], Enumerable.Range(0, 6).Select(_ => editor.Read("> ")));
    }

    [Fact]
    public void History_KeepsTheLastLines()
    {
        var history = new LineHistory();
        for (var i = 0; i < 1000; i++)
            history.Add($"{i}");

        var found = new List<string>();
        while (history.Older("") is { } line)
            found.Add(line);
        Assert.Equal((500, "999", "500"), (found.Count, found[0], found[^1]));
    }

    [Fact]
    public void CtrlD_EndsTheInput_OnAnEmptyLineAlone()
    {
        _keys.Type("a<C-D><Enter><C-D>");
        var editor = new LineEditor(_keys, new Screen(80), () => 80);

        Assert.Equal("a", editor.Read("> "));
        Assert.Null(editor.Read("> "));
    }

    [Theory]
    [InlineData("abcdefghijkl", "> abcdefgh|ijkl|")]
    [InlineData("abcdefgh", "> abcdefgh|")]
    [InlineData("日本語日本", "> 日本語日|本")]
    [InlineData("a日本語日", "> a日本語|日")]
    [InlineData("abcdefghijkl<C-A><C-K>x", "> x")]
    public void Line_IsShown_OverAsManyRowsAsItNeeds(string typed, string rows)
    {
        var screen = new Screen(10);
        _keys.Type(typed + "<Enter>");

        new LineEditor(_keys, screen, () => 10).Read("> ");

        Assert.Equal(rows.Split('|', StringSplitOptions.RemoveEmptyEntries), screen.Rows.Where(row => row.Length > 0));
    }

    [Fact]
    public void Cursor_StandsWhereTheNextCharacterGoes()
    {
        var screen = new Screen(10);
        var view = new LineView(screen, () => 10, "> ");

        view.Show("日本語日本語", 2);
        Assert.Equal((0, 6), (screen.Row, screen.Column));
        view.Show("日本語日本語", 5);
        Assert.Equal((1, 2), (screen.Row, screen.Column));
        view.Show("abcdefgh", 8);
        Assert.Equal((1, 0), (screen.Row, screen.Column));
    }

    /// <summary>Keys that are pressed in advance. Names of keys are in angle brackets.</summary>
    private sealed class Keys : IKeyboard
    {
        private readonly Queue<ConsoleKeyInfo> _pressed = new();

        public bool HasMore => false;

        public ConsoleKeyInfo Read() => _pressed.Dequeue();

        public void Type(string keys)
        {
            for (var position = 0; position < keys.Length; position++)
            {
                if (keys[position] != '<')
                {
                    _pressed.Enqueue(new ConsoleKeyInfo(keys[position], ConsoleKey.None, false, false, false));
                    continue;
                }

                var end = keys.IndexOf('>', position);
                _pressed.Enqueue(Named(keys[(position + 1)..end]));
                position = end;
            }
        }

        private static ConsoleKeyInfo Named(string name)
        {
            var isControl = name.StartsWith("C-", StringComparison.Ordinal);
            var key = (isControl ? name[2..] : name) switch
            {
                "Left" or "Right" or "Up" or "Down" => Enum.Parse<ConsoleKey>($"{(isControl ? name[2..] : name)}Arrow"),
                var other => Enum.Parse<ConsoleKey>(other),
            };
            return new ConsoleKeyInfo(key == ConsoleKey.Enter ? '\r' : '\0', key, false, false, isControl);
        }
    }
}
