// The floor of the command-line program: a program compiled ahead of time that prints one line.
Console.Out.WriteLine("0");
