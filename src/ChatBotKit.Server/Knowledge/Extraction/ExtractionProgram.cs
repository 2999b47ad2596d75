using System.Text.Json;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The program of the process that reads a file: the file comes from its input, the blocks go to its output as lines.</summary>
internal static class ExtractionProgram
{
    /// <summary>The argument that selects this program.</summary>
    public const string Argument = "--read-file";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        Run(input, output);
        return 0;
    }

    private static void Run(Stream input, Stream output)
    {
        try
        {
            var request = ReadRequest(input);
            var any = false;
            foreach (var block in FileFormats.Read(ReadToEnd(input), request))
            {
                any = true;
                Write(output, new ExtractionLine { Block = block });
            }

            if (!any)
                throw new FileRefusedException(FileRefusalCodes.Empty, "The file has no text.");
            Write(output, new ExtractionLine { IsEnd = true });
        }
        catch (FileRefusedException exception)
        {
            Write(output, new ExtractionLine { Refusal = new FileRefusal(exception.Code, exception.Message) });
        }
        catch (OutOfMemoryException)
        {
            Write(output, new ExtractionLine
            {
                Refusal = new FileRefusal(FileRefusalCodes.TooComplex, "The file takes too much memory to read. Save it in a simpler form, or divide it."),
            });
        }
        // The readers throw exceptions of many kinds, also NullReferenceException, for files that are cut or not what they seem.
        catch (Exception exception) when (exception is not IOException { Source: "System.Console" })
        {
            var damaged = FileRefusedException.Damaged();
            Write(output, new ExtractionLine { Refusal = new FileRefusal(damaged.Code, damaged.Message) });
        }
    }

    private static ExtractionRequest ReadRequest(Stream input)
    {
        var length = new byte[sizeof(int)];
        input.ReadExactly(length);
        var header = new byte[BitConverter.ToInt32(length)];
        input.ReadExactly(header);
        return JsonSerializer.Deserialize(header, ExtractionJson.Default.ExtractionRequest)!;
    }

    private static byte[] ReadToEnd(Stream input)
    {
        var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }

    private static void Write(Stream output, ExtractionLine line)
    {
        JsonSerializer.Serialize(output, line, ExtractionJson.Default.ExtractionLine);
        output.Write(NewLine);
    }
}
