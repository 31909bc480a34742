# Value of an arithmetic expression with + - * and brackets, recursive descent.
import re


class Parser:
    def __init__(self, text):
        self.tokens = re.findall(r"\d+|[-+*()]", text)
        self.i = 0

    def peek(self):
        return self.tokens[self.i] if self.i < len(self.tokens) else ""

    def next(self):
        self.i += 1
        return self.tokens[self.i - 1]

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            value += self.term() if self.next() == "+" else -self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() == "*":
            self.next()
            value *= self.factor()
        return value

    def factor(self):
        token = self.next()
        if token == "-":
            return -self.factor()
        if token == "(":
            value = self.expression()
            self.next()
            return value
        return int(token)


print(Parser(input()).expression())
