using System.Text.Json;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>A word is on the screen in the first frame after it has reached the page. The test counts frames, so a busy machine changes nothing.</summary>
public sealed class FrameTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const int Tokens = 300;
    private const int PerSecond = 100;

    /// <summary>
    /// Counts the frames, and notes the frame in which each part of a stream was read, with the letters that it adds, and how many letters are
    /// on the page when each frame begins. This script's callback of a frame is the first one, so it sees what the frame before has shown.
    /// </summary>
    private const string Probe = """
        window.frames_ = { now: 0, read: [], shown: [] }
        {
          const decoder = new TextDecoder()
          let [rest, letters] = ['', 0]
          const { read } = ReadableStreamDefaultReader.prototype
          ReadableStreamDefaultReader.prototype.read = async function () {
            const part = await read.call(this)
            const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n')
            rest = lines.pop()
            const before = letters
            for (const line of lines) {
              const event = line.trim() ? JSON.parse(line) : {}
              if (event.type === 'token') letters += event.data.token.length
            }
            if (letters > before) frames_.read.push([frames_.now, letters])
            return part
          }
          const step = () => {
            requestAnimationFrame(step)
            const chat = document.querySelector('chatbotkit-chat')
            frames_.now++
            frames_.shown.push(chat?.shadowRoot?.querySelector('li.bot .text')?.textContent.length ?? 0)
          }
          requestAnimationFrame(step)
        }
        """;

    [Fact]
    public async Task Token_IsPainted_InTheNextFrame()
    {
        var tab = await OpenPageAsync();
        await tab.Page.AddInitScriptAsync(Probe);
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");

        await tab.SayAsync("Write much");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelectorAll('li.bot:not(.writing)').length === 1");

        var seen = (await tab.Page.EvaluateAsync<JsonElement>("() => frames_"))!;
        var (reads, shown) = (seen.GetProperty("read"), seen.GetProperty("shown"));
        var letters = string.Concat(Words()).Length;
        Assert.Equal(letters, reads[reads.GetArrayLength() - 1][1].GetInt32());
        var late = 0;
        foreach (var read in reads.EnumerateArray())
        {
            // Read after frame n has begun, painted in frame n + 1, and seen when frame n + 2 begins. The spaces at the end of a line are not shown.
            var (frame, count) = (read[0].GetInt32(), read[1].GetInt32());
            var then = frame + 1 < shown.GetArrayLength() ? shown[frame + 1].GetInt32() : int.MaxValue;
            if (then < count - 1)
                late++;
        }

        var parts = reads.GetArrayLength();
        TestContext.Current.SendDiagnosticMessage($"{Tokens} tokens in {parts} parts over {shown.GetArrayLength()} frames, {late} late");
        Assert.Equal(0, late);
        Assert.True(parts > 1, "The whole answer came at once.");
        tab.AssertNoProblems();
    }

    private protected override ModelScript Answer(ScriptedRequest request) => new ModelScript().TextAtPace(PerSecond, Words());

    private static IEnumerable<string> Words() => Enumerable.Range(0, Tokens).Select(number => $"word{number} ");
}
