using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>A fenced block of an instruction: <c>```action/parameter=value</c>, lines, and the fence again.</summary>
/// <param name="Action">The action.</param>
/// <param name="Parameters">The parameters on the line of the fence.</param>
/// <param name="Start">The position of the text in the instruction.</param>
/// <param name="End">The position after the text.</param>
internal sealed record FencedBlock(string Action, JsonObject Parameters, int Start, int End)
{
    /// <summary>Finds the blocks of an instruction.</summary>
    /// <param name="source">The instruction.</param>
    /// <param name="isAlone">Whether the instruction is one block and nothing else.</param>
    /// <exception cref="InstructionException">A block is not closed, or names no action.</exception>
    public static IReadOnlyList<FencedBlock> Find(string source, out bool isAlone)
    {
        var (blocks, hasText, at) = (new List<FencedBlock>(), false, 0);
        while (at < source.Length)
        {
            var next = EndOfLine(source, at);
            var line = source.AsSpan(at, next - at).Trim();
            if (FenceOf(line) is { Length: > 0 } fence)
            {
                var block = Read(source, at, next, fence, line[fence.Length..].ToString());
                blocks.Add(block);
                at = EndOfLine(source, block.End);
                continue;
            }

            hasText |= line.Length > 0;
            at = next;
        }

        isAlone = blocks.Count == 1 && !hasText;
        return blocks;
    }

    private static FencedBlock Read(string source, int at, int start, string fence, string info)
    {
        for (var line = start; line < source.Length;)
        {
            var next = EndOfLine(source, line);
            if (source.AsSpan(line, next - line).Trim() is var text && text.StartsWith(fence) && text.Trim(fence[0]).Length == 0)
                return Of(source, at, info.Trim(), start, line);
            line = next;
        }

        throw new InstructionException("the block that begins here is not closed", Place.Of(source, at));
    }

    private static FencedBlock Of(string source, int at, string info, int start, int end)
    {
        var (names, parameters) = (new List<string>(), new JsonObject());
        foreach (var part in info.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && parameters.Count == 0)
                names.Add(part.ToLowerInvariant());
            else if (equals <= 0 || !parameters.TryAdd(part[..equals].Trim(), TemplateJson.Typed(Uri.UnescapeDataString(part[(equals + 1)..]))))
                throw new InstructionException($"\"{part}\" is not a parameter", Place.Of(source, at));
        }

        return names.Count > 0
            ? new FencedBlock(string.Join('.', names), parameters, start, end)
            : throw new InstructionException("the block names no action", Place.Of(source, at));
    }

    private static string FenceOf(ReadOnlySpan<char> line)
    {
        if (line.Length < 3 || line[0] is not ('`' or '~'))
            return "";
        var length = line.Length - line.TrimStart(line[0]).Length;
        return length >= 3 ? new string(line[0], length) : "";
    }

    private static int EndOfLine(string source, int at) =>
        source.IndexOf('\n', at) is >= 0 and var end ? end + 1 : source.Length;
}
