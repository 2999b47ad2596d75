using System.Text.Json;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The program of the process that reads a file: the file comes from its input, the blocks go to its output as lines.</summary>
internal static class ExtractionProgram
{
    /// <summary>The argument that selects this program.</summary>
    public const string Argument = "--read-file";

    public static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        Run(input, output);
        return 0;
    }

    private static void Run(Stream input, Stream stream)
    {
        var request = ReadRequest(input);
        var output = new ExtractionOutput(stream, request);
        try
        {
            var isCut = FileFormats.Read(ReadToEnd(input), request).Any(block => !output.TryWrite(block));
            if (output.IsEmpty)
                throw new FileRefusedException(FileRefusalCodes.Empty, "The file has no text.");
            output.Write(new ExtractionLine { IsEnd = true, IsCut = isCut });
        }
        catch (Exception exception) when (exception is not IOException { Source: "System.Console" })
        {
            output.Write(new ExtractionLine { Refusal = RefusalOf(exception) });
        }
    }

    // The readers throw exceptions of many kinds, also NullReferenceException, for files that are truncated or of another format than they claim.
    private static FileRefusal RefusalOf(Exception exception)
    {
        if (exception is OutOfMemoryException)
            return new FileRefusal(FileRefusalCodes.TooComplex, "The file takes too much memory to read. Save it in a simpler form, or divide it.");
        var refused = exception as FileRefusedException ?? FileRefusedException.Damaged();
        return new FileRefusal(refused.Code, refused.Message);
    }

    private static ExtractionRequest ReadRequest(Stream input)
    {
        var length = new byte[sizeof(int)];
        input.ReadExactly(length);
        var header = new byte[BitConverter.ToInt32(length)];
        input.ReadExactly(header);
        return JsonSerializer.Deserialize(header, ExtractionJson.Lines.ExtractionRequest)!;
    }

    private static byte[] ReadToEnd(Stream input)
    {
        var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }
}
